export { ConnectGuide } from './connect-guide.service.js';
export { WecomContactsModule } from './wecom.module.js';
