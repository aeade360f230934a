export default definePageConfig({ navigationBarTitleText: '订单归属', enablePullDownRefresh: true });
