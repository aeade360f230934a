export default definePageConfig({ navigationBarTitleText: '导购邀请' });
