export default definePageConfig({
  navigationBarTitleText: '拾光里',
  enablePullDownRefresh: true,
  enableShareAppMessage: true,
});
