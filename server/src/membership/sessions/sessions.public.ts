export { SessionsModule } from './sessions.module.js';
export { type SignedIn, SignInWithWechat } from './sign-in-with-wechat.service.js';
export { SignOut } from './sign-out.service.js';
