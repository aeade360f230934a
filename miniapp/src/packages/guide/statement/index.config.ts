export default definePageConfig({ navigationBarTitleText: '月账单', enablePullDownRefresh: true });
