import { ProblemType } from '@mall/shared/problems';
import { type ApiProblem, ClientFault, textOf } from '../../../api/problem';

const CODE_LENGTH = 6;

/** What is wrong with the code as it was typed; null: it can be sent. Spaces do not matter (R5.2). */
export function codeFault(typed: string): string | null {
  const length = typed.replace(/\s/g, '').length;
  if (length === 0) return '请输入顾客的提货码';
  return length === CODE_LENGTH ? null : `提货码是 ${CODE_LENGTH} 位`;
}

/** Why the goods are not handed over, where another try helps: it stands at the code. */
export function retryText(problem: ApiProblem): string | null {
  switch (problem.type) {
    case ProblemType.PickupCodeWrong:
      return '提货码不对，请照顾客订单页上的再输一次';
    case ProblemType.RateLimited:
      return problem.problem?.detail ?? '试的次数有点多，请过一会儿再试';
    case ClientFault.Network:
      return '没有收到回应。再按一次即可，不会重复收货';
    default:
      return null;
  }
}

/** Why this order no longer waits: it has moved on meanwhile. */
export function movedOnText(problem: ApiProblem): string {
  switch (problem.type) {
    case ProblemType.OrderStateConflict:
      return '这一单已经不用取货了，请顾客看看订单页';
    case ProblemType.NotFound:
      return '这一单不在您的门店自提';
    default:
      return textOf(problem);
  }
}
