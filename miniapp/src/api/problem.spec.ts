import { ProblemType } from '@mall/shared/problems';
import { ApiProblem, asProblem, ClientFault, problemOf, textOf } from './problem';

describe('refusals in the customer’s words', () => {
  it('knows a problem by its type and keeps its members', () => {
    const problem = problemOf(409, {
      type: ProblemType.QuoteStale,
      title: 't',
      status: 409,
      quote: { quoteHash: 'h' },
    });
    expect(problem.type).toBe(ProblemType.QuoteStale);
    expect(problem.member('quote')).toEqual({ quoteHash: 'h' });
  });

  it('finds the fault of a field', () => {
    const faults = [{ path: 'phone', message: 'wrong' }];
    const problem = problemOf(400, { type: ProblemType.ValidationFailed, title: 't', status: 400, faults });
    expect(problem.faultAt('phone')).toEqual(faults[0]);
    expect(problem.faultAt('city')).toBeUndefined();
  });

  it('takes an answer that is no problem for what its status says', () => {
    expect(problemOf(502, '<html>').type).toBe(ProblemType.InternalError);
    expect(problemOf(418, null).type).toBe(ClientFault.Unreadable);
    expect(problemOf(400, { type: '/problems/from-the-future' }).type).toBe(ClientFault.Unreadable);
    expect(asProblem(new TypeError('ours')).type).toBe(ClientFault.Unreadable);
  });

  it('has a Chinese sentence without exclamation marks for every type', () => {
    for (const type of [...Object.values(ProblemType), ...Object.values(ClientFault)]) {
      const text = textOf(new ApiProblem(type, 400, null));
      expect(text).toMatch(/^[\u4e00-\u9fff\d，。]+。$/);
    }
  });

  it('tells apart what needs another action of her', () => {
    const types = [
      ProblemType.StockInsufficient,
      ProblemType.AddressNotServed,
      ProblemType.QuoteStale,
      ProblemType.NotGuide,
    ];
    const texts = types.map((type) => textOf(new ApiProblem(type, 409, null)));
    expect(new Set(texts).size).toBe(types.length);
  });
});
