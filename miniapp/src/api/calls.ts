/**
 * The three ways of asking the API, which the files of endpoints beside this one are made of. They are several
 * files so that the phone loads a package's own with that package. All throw ApiProblem.
 */
import type { HttpMethod } from '../platform/request';
import { api } from '../state/session';
import type { ApiCall } from './client';

/** Reads what anybody may see; a session is sent when there is one. */
export const shelf = <T>(path: string, query?: ApiCall['query']) =>
  api.call<T>({ method: 'GET', path, query, session: 'optional' });

/** Reads what belongs to whoever is signed in. */
export const mine = <T>(path: string, query?: ApiCall['query']) =>
  api.call<T>({ method: 'GET', path, query, session: 'required' });

/** Changes something in her name. */
export const act = <T>(method: HttpMethod, path: string, body?: unknown, headers?: Record<string, string>) =>
  api.call<T>({ method, path, body, headers, session: 'required' });

/** An id as part of a path. */
export const at = (id: string) => encodeURIComponent(id);

/** R7.2: the header under which a repeated request is the same request. */
export const keyed = (key: string) => ({ 'idempotency-key': key });
