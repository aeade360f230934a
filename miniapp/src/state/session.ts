/** Who is using the shop. Signs in by WeChat's login code; the token is kept so that a return from paying is quick. */
import type { Me, SessionResponse } from '@mall/shared/membership';
import { create } from 'zustand';
import { type ApiClient, createClient } from '../api/client';
import { type ApiProblem, asProblem, problemOf } from '../api/problem';
import { now } from '../platform/clock';
import { send } from '../platform/request';
import { forgetStored, readStored, type StoredKind, writeStored } from '../platform/storage';
import { loginCode } from '../platform/wechat';

interface StoredSession {
  token: string;
  expiresAt: number;
}

const kind: StoredKind<StoredSession> = {
  name: 'session',
  version: 1,
  parse: (value) => {
    const { token, expiresAt } = (value ?? {}) as Partial<StoredSession>;
    return typeof token === 'string' && typeof expiresAt === 'number' ? { token, expiresAt } : null;
  },
};

interface SessionState {
  me: Me | null;
  problem: ApiProblem | null;
}

export const useSession = create<SessionState>(() => ({ me: null, problem: null }));

let token: string | null | undefined;

function readToken(): string | null {
  if (token === undefined) {
    const stored = readStored(kind);
    // The demo's business clock may run ahead of the phone's: the server has the last word, this only saves a trip.
    token = stored !== null && stored.expiresAt > now() ? stored.token : null;
  }
  return token;
}

async function signIn(): Promise<string> {
  token = null;
  forgetStored(kind);
  const answer = await send({
    method: 'POST',
    url: `${API_BASE}/api/sessions/wechat`,
    headers: {},
    body: { code: await loginCode() },
  });
  if (answer.status < 200 || answer.status >= 300) throw problemOf(answer.status, answer.body);
  const session = answer.body as SessionResponse;
  token = session.token;
  writeStored(kind, { token: session.token, expiresAt: session.expiresAt });
  useSession.setState({ me: session.me, problem: null });
  return session.token;
}

export const api: ApiClient = createClient({ base: API_BASE, send, readToken, signIn });

/** Asks again who she is; the answer is in `useSession`. Never throws. */
export async function refreshMe(): Promise<void> {
  try {
    // Signing in tells it by the way.
    if (readToken() === null) await api.ensureSession();
    else setMe(await api.call<Me>({ method: 'GET', path: '/me', session: 'required' }));
  } catch (thrown) {
    useSession.setState({ problem: asProblem(thrown) });
  }
}

export function setMe(me: Me): void {
  useSession.setState({ me, problem: null });
}

/** Her account is closed: forgets her and signs in as whoever WeChat says, somebody new. */
export function startAnew(): void {
  token = null;
  forgetStored(kind);
  useSession.setState({ me: null, problem: null });
  void refreshMe();
}
