import { codeChecks } from './api-codes.checks.js';
import { contentChecks } from './api-content.checks.js';
import { linkChecks } from './api-links.checks.js';
import { loginChecks } from './api-login.checks.js';
import { messageChecks } from './api-messages.checks.js';
import { phoneChecks } from './api-phone.checks.js';
import { pushChecks } from './api-push.checks.js';
import { shippingChecks } from './api-shipping.checks.js';
import type { Check } from './check.js';
import { outageChecks } from './outages.checks.js';
import { billChecks } from './pay-bills.checks.js';
import { keyChecks } from './pay-keys.checks.js';
import { noticeChecks } from './pay-notices.checks.js';
import { orderChecks } from './pay-orders.checks.js';
import { refundChecks } from './pay-refunds.checks.js';
import { signatureChecks } from './pay-signatures.checks.js';
import { transferRuleChecks } from './transfer-rules.checks.js';
import { transferChecks } from './transfers.checks.js';
import { wecomChecks } from './wecom.checks.js';
import { wecomCallbackChecks } from './wecom-callbacks.checks.js';

/** Every check, in the order of the fact sheet. A new file of checks is named here. */
export const ALL_CHECKS: readonly Check[] = [
  ...loginChecks,
  ...phoneChecks,
  ...codeChecks,
  ...linkChecks,
  ...messageChecks,
  ...signatureChecks,
  ...keyChecks,
  ...orderChecks,
  ...refundChecks,
  ...billChecks,
  ...noticeChecks,
  ...transferRuleChecks,
  ...transferChecks,
  ...shippingChecks,
  ...pushChecks,
  ...contentChecks,
  ...wecomChecks,
  ...wecomCallbackChecks,
  ...outageChecks,
];
