/** Privacy: the text, what she agreed to, her data, and the end of her account. */
import type {
  AccountClosurePreview,
  AccountClosureRequest,
  ConsentRequest,
  DataExport,
  DataExportContent,
  MyConsents,
  PolicyDocument,
} from '@mall/shared/privacy';
import { ProblemType } from '@mall/shared/problems';
import { act, at, mine, shelf } from './calls';
import { asProblem } from './problem';

export const fetchPolicy = (version?: string) => shelf<PolicyDocument>('/privacy/policy', { version });
export const fetchConsents = () => mine<MyConsents>('/me/consents');
export const changeConsent = (request: ConsentRequest) => act<MyConsents>('POST', '/me/consents', request);

/** Null: she never asked for one. */
export async function fetchNewestExport(): Promise<DataExport | null> {
  try {
    return await mine<DataExport>('/me/data-exports/newest');
  } catch (thrown) {
    const problem = asProblem(thrown);
    if (problem.type === ProblemType.NotFound) return null;
    throw problem;
  }
}

export const askForExport = () => act<DataExport>('POST', '/me/data-exports', {});
export const fetchExportContent = (id: string) => mine<DataExportContent>(`/me/data-exports/${at(id)}/content`);
export const fetchClosure = () => mine<AccountClosurePreview>('/me/account-closure');
export const closeAccount = (request: AccountClosureRequest) => act<null>('POST', '/me/account-closure', request);
