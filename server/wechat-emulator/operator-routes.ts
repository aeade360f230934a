import type { FastifyInstance } from 'fastify';
import type { Emulator } from './emulator.js';
import { OPERATOR_ACTIONS } from './operator-actions.js';
import { operatorPage } from './operator-page.js';

/** The page of whoever plays WeChat: what there is, and a button for all that can be done to it. */
export function operatorRoutes(app: FastifyInstance, emulator: Emulator): void {
  app.get<{ Querystring: { said?: string } }>('/', (request, reply) => {
    emulator.transfers.settle();
    return reply.type('text/html; charset=utf-8').send(operatorPage(emulator, request.query.said ?? ''));
  });
  app.post<{ Params: { action: string } }>('/operator/:action', async (request, reply) => {
    const { action } = request.params;
    const act = Object.hasOwn(OPERATOR_ACTIONS, action) ? OPERATOR_ACTIONS[action] : undefined;
    if (!act) return reply.code(404).send({ error: 'unknown_action' });
    const fields = new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '');
    const said = await act(emulator, (name) => fields.get(name) ?? '');
    return reply.redirect(`/?${new URLSearchParams({ said })}`, 303);
  });
}
