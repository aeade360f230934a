export { type MessageDraft, Messages } from './messages.js';
export { MessagesModule } from './messages.module.js';
