import { mainPages, subPackages } from './routes';

// WeChat switches these by theme.json; a browser takes the light values.
const themed = process.env.TARO_ENV === 'weapp';
const pick = (name: string, light: string) => (themed ? `@${name}` : light);

const tab = (page: string, text: string, icon: string) => ({
  pagePath: page,
  text,
  iconPath: `assets/tab/${icon}.png`,
  selectedIconPath: `assets/tab/${icon}-on.png`,
});
const [home = '', category = '', cart = '', me = ''] = mainPages();

export default defineAppConfig({
  pages: mainPages(),
  subPackages: subPackages(),
  preloadRule: {
    'pages/home/index': { network: 'all', packages: ['shop'] },
    'pages/cart/index': { network: 'all', packages: ['shop', 'member'] },
    'pages/me/index': { network: 'wifi', packages: ['member', 'guide'] },
  },
  lazyCodeLoading: 'requiredComponents',
  ...(themed ? { darkmode: true, themeLocation: 'theme.json', __usePrivacyCheck__: true } : {}),
  window: {
    // The browser shows its title bar only when told to.
    navigationStyle: 'default',
    navigationBarBackgroundColor: pick('navBackground', '#FAF7F2'),
    navigationBarTextStyle: pick('navText', 'black') as 'black',
    navigationBarTitleText: '拾光里',
    backgroundColor: pick('paper', '#FAF7F2'),
    backgroundTextStyle: pick('pullText', 'dark') as 'dark',
  },
  tabBar: {
    color: pick('tabText', '#6B635A'),
    selectedColor: pick('tabSelected', '#C8471F'),
    backgroundColor: pick('tabBackground', '#FFFFFF'),
    borderStyle: pick('tabBorder', 'white') as 'white',
    list: [
      tab(home, '首页', 'home'),
      tab(category, '分类', 'category'),
      tab(cart, '购物袋', 'cart'),
      tab(me, '我的', 'me'),
    ],
  },
});
