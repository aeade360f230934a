import { createServer, type ServerResponse } from 'node:http';
import { ask, eventually, listen, openProject } from './host-for-tests.js';

interface Report {
  dataCalls: { page: string; at: number }[];
  requests: { page: string; method: string; status: number | string | null; answeredAt: number | null }[];
}

it('the report has a request from the moment it is sent, and what its answer was once it is there', async () => {
  const server = createServer();
  const arrived = new Promise<ServerResponse>((resolve) => {
    server.on('request', (_request, response) => resolve(response));
  });
  const url = `http://127.0.0.1:${await listen(server)}/slow`;
  const page = `Page({ data: { word: '早' }, onReady() {
    wx.request({ url: '${url}', success: () => this.setData({ word: '晚' }) });
  } })`;
  const { phone, close } = await openProject({ 'pages/home/index.js': page });
  try {
    const report = () => ask<Report>(phone, 'Host.report');
    const sent = { page: 'pages/home/index', method: 'GET', url };
    const early = await eventually('a request', report, ({ requests }) => requests.length > 0);
    expect(early.requests).toEqual([{ ...sent, status: null, answeredAt: null }]);
    const drawnBefore = early.dataCalls.length;
    (await arrived).end('{}');
    const late = await eventually('an answer', report, ({ dataCalls }) => dataCalls.length > drawnBefore);
    expect(late.requests).toEqual([{ ...sent, status: 200, answeredAt: expect.any(Number) }]);
    expect(late.dataCalls.at(-1)?.at).toBeGreaterThanOrEqual(late.requests[0]?.answeredAt ?? Infinity);
  } finally {
    await close();
    server.close();
    server.closeAllConnections();
  }
});
