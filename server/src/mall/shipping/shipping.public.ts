export { carrierName } from './domain/carriers.js';
export { ShipRequestDto } from './shipping.dto.js';
export { ShippingModule } from './shipping.module.js';
