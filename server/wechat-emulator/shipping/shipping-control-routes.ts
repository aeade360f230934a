import type { FastifyInstance } from 'fastify';
import type { Emulator } from '../emulator.js';
import { parseJsonObject } from '../json-body.js';
import { shippingPanel } from './shipping-panel.js';

/** Levers of shipping management: what the platform decides by itself. */
export function shippingControlRoutes(app: FastifyInstance, emulator: Emulator): void {
  const { shipments } = emulator;
  emulator.panels.push(() => shippingPanel(emulator));
  const view = () => ({
    managed: shipments.managed,
    invisibleMs: shipments.invisibleMs,
    holdSettlement: shipments.holdSettlement,
    settlementDelayMs: shipments.settlementDelayMs,
    complaints: [...shipments.complaints],
    jumpPath: shipments.jumpPath,
    orderDetailPath: shipments.orderDetailPath,
  });
  app.get('/control/shipping', (_request, reply) => reply.send(view()));
  app.post('/control/shipping', (request, reply) => {
    const { managed, invisibleMs, holdSettlement, settlementDelayMs, complaints } = parseJsonObject(request.body) ?? {};
    if (typeof managed === 'boolean') shipments.managed = managed;
    if (typeof invisibleMs === 'number') shipments.invisibleMs = invisibleMs;
    if (typeof holdSettlement === 'boolean') shipments.holdSettlement = holdSettlement;
    if (typeof settlementDelayMs === 'number') shipments.settlementDelayMs = settlementDelayMs;
    if (Array.isArray(complaints)) {
      shipments.complaints.clear();
      for (const number of complaints) shipments.complaints.add(String(number));
    }
    return reply.send(view());
  });
}
