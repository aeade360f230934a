export default definePageConfig({ navigationBarTitleText: '我参与的订单', enablePullDownRefresh: true });
