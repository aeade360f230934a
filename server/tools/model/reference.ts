/** The reference model: what each step does, from the rules (R2 to R5) and nothing else. */
import { releaseDue } from './reference-commission.js';
import { moveOrder, moveOrdersInTime, placeOrder, settleRefund, takeRefund } from './reference-orders.js';
import { applyToPayout } from './reference-payouts.js';
import { applyToPerson, changeRelation, changeStatus } from './reference-people.js';
import { endRate, publishRate } from './reference-rates.js';
import { type State, settingsAt, type Versions } from './reference-state.js';
import type { DistributionSettings, SettingsStep, Step, StepOutcome } from './steps.js';

/** Lets the step happen, or says why not. */
export function apply(state: State, step: Step): StepOutcome {
  switch (step.kind) {
    case 'touch':
    case 'revoke':
    case 'join':
    case 'enrol':
      return applyToPerson(state, step);
    case 'choose':
    case 'reassign':
    case 'hand-over':
      return changeRelation(state, step);
    case 'suspend':
    case 'return':
    case 'leave':
      return changeStatus(state, step);
    case 'order':
      return placeOrder(state, step);
    case 'pay':
    case 'cancel':
    case 'ship':
    case 'receive':
      return moveOrder(state, step);
    case 'refund':
      return takeRefund(state, step);
    case 'settle':
      return settleRefund(state, step.refund, step.succeeds);
    case 'payout':
    case 'decide':
    case 'withdraw':
    case 'transfer':
      return applyToPayout(state, step);
    case 'advance':
      state.now += step.ms;
      moveOrdersInTime(state);
      return 'done';
    case 'release':
      releaseDue(state);
      return 'done';
    case 'rate':
      return publishRate(state, step);
    case 'end-rate':
      return endRate(state, step);
    case 'settings':
      return publishSettings(state, step);
  }
}

/** R3.4: a version says what changes. What begins later stands on it, and must make sense with it too. */
function publishSettings(state: State, step: SettingsStep): StepOutcome {
  const from = state.now + step.inMs;
  if (step.group === 'orders') return add(state.orderSettings, from, step.values);
  if (add(state.distribution, from, step.values) === 'refused') return 'refused';
  const times = state.distribution.map((version) => version.from).filter((time) => time >= from);
  if (!times.some((time) => contradicts(settingsAt(state, time)))) return 'done';
  state.distribution.pop();
  return 'refused';
}

function contradicts(values: DistributionSettings): boolean {
  const { bindingProtectionDays, bindingValidDays, commissionFreezeDays, tailDays, commissionFinalDays } = values;
  return bindingProtectionDays > bindingValidDays || Math.max(commissionFreezeDays, tailDays) > commissionFinalDays;
}

function add<V>(versions: Versions<V>, from: number, values: Partial<V>): StepOutcome {
  if (versions.some((version) => version.from === from)) return 'refused';
  versions.push({ from, values });
  return 'done';
}
