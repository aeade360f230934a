export default definePageConfig({ navigationBarTitleText: '待自提', enablePullDownRefresh: true });
