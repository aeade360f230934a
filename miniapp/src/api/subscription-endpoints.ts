/** What WeChat may be asked to let through, and what she answered. */
import type { SubscriptionMoment, SubscriptionOffer, SubscriptionReport } from '@mall/shared/subscriptions';
import { act, mine } from './calls';

export const fetchSubscriptions = (moment: SubscriptionMoment) => mine<SubscriptionOffer>('/subscriptions', { moment });
export const reportSubscriptions = (answer: SubscriptionReport) => act<null>('POST', '/subscriptions', answer);
