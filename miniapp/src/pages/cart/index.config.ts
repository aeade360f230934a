export default definePageConfig({ navigationBarTitleText: '购物袋', enablePullDownRefresh: true });
