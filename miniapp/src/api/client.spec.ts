import { ProblemType } from '@mall/shared/problems';
import type { WireRequest, WireResponse } from '../platform/request';
import { type ApiCall, createClient, queryString } from './client';
import { ClientFault } from './problem';

const ok: WireResponse = { status: 200, body: { fine: true } };
const refusal = (type: ProblemType, status: number): WireResponse => ({ status, body: { type, title: 't', status } });
const mine: ApiCall = { method: 'GET', path: '/me', session: 'required' };

/** A phone with a server that accepts only the newest token that it handed out. */
function phone(first: string | null) {
  const seen: WireRequest[] = [];
  const state = { token: first, valid: 'token-1', signIns: 0 };
  const client = createClient({
    base: 'https://shop.test',
    readToken: () => state.token,
    signIn: async () => {
      state.signIns += 1;
      await Promise.resolve();
      state.token = state.valid;
      return state.valid;
    },
    send: async (request) => {
      seen.push(request);
      await Promise.resolve();
      return request.headers.authorization === `Bearer ${state.valid}` ? ok : refusal(ProblemType.SessionExpired, 401);
    },
  });
  return { client, seen, state };
}

describe('the way to the server', () => {
  it('signs in before the first request that needs a session', async () => {
    const { client, seen, state } = phone(null);
    await expect(client.call(mine)).resolves.toEqual({ fine: true });
    expect(state.signIns).toBe(1);
    expect(seen.map((request) => request.url)).toEqual(['https://shop.test/api/me']);
  });

  it('signs in again when the session has expired, and repeats the request once with its body', async () => {
    const { client, seen, state } = phone('token-0');
    await client.call({ method: 'POST', path: '/quotes', body: { lines: [] }, session: 'required' });
    expect(state.signIns).toBe(1);
    expect(seen.map((request) => request.headers.authorization)).toEqual(['Bearer token-0', 'Bearer token-1']);
    expect(seen[1]?.body).toEqual({ lines: [] });
  });

  it('gives up after one repetition when the new session is refused as well', async () => {
    const { client, seen, state } = phone('token-0');
    state.valid = 'token-1';
    const stubborn = createClient({
      base: '',
      readToken: () => state.token,
      signIn: async () => 'token-x',
      send: async (request) => {
        seen.push(request);
        return refusal(ProblemType.NotAuthenticated, 401);
      },
    });
    await expect(stubborn.call(mine)).rejects.toMatchObject({ type: ProblemType.NotAuthenticated });
    expect(seen).toHaveLength(2);
    expect(client).toBeDefined();
  });

  it('shares one sign-in between requests that run side by side', async () => {
    const { client, state } = phone('token-0');
    await Promise.all([
      client.call(mine),
      client.call({ ...mine, path: '/orders' }),
      client.call({ ...mine, path: '/x' }),
    ]);
    expect(state.signIns).toBe(1);
  });

  it('does not make a shelf wait for a sign-in', async () => {
    const { client, seen } = phone(null);
    await client.call({ method: 'GET', path: '/products', session: 'optional' });
    expect(seen[0]?.headers.authorization).toBeUndefined();
  });

  it('does not repeat a refusal that is not about the session', async () => {
    const sent: WireRequest[] = [];
    const client = createClient({
      base: '',
      readToken: () => 'token-1',
      signIn: async () => 'token-2',
      send: async (request) => {
        sent.push(request);
        return refusal(ProblemType.StockInsufficient, 409);
      },
    });
    await expect(client.call(mine)).rejects.toMatchObject({ type: ProblemType.StockInsufficient, status: 409 });
    expect(sent).toHaveLength(1);
  });

  it('says network when nobody answered, and sign-in when WeChat gave no code', async () => {
    const parts = { base: '', readToken: () => 'token-1', signIn: async () => 'token-1' };
    const cut = createClient({ ...parts, send: () => Promise.reject(new Error('down')) });
    await expect(cut.call(mine)).rejects.toMatchObject({ type: ClientFault.Network });
    const stranger = createClient({
      ...parts,
      readToken: () => null,
      signIn: () => Promise.reject(new Error('no code')),
      send: async () => ok,
    });
    await expect(stranger.call(mine)).rejects.toMatchObject({ type: ClientFault.SignIn });
  });

  it('encodes a query and leaves out what is not asked', () => {
    expect(queryString({ q: '开衫 a&b', cursor: undefined, inStock: true, empty: '' })).toBe(
      '?q=%E5%BC%80%E8%A1%AB%20a%26b&inStock=true',
    );
    expect(queryString({})).toBe('');
  });
});
