export { ConfirmPayment } from './confirm-payment.service.js';
export { PaymentEntity } from './payment.entity.js';
export { type DisputedPayment, Payments } from './payments.js';
export { PaymentsModule } from './payments.module.js';
