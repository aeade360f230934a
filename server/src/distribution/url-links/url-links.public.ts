export { UrlLinkDto, UrlLinkInputDto } from './url-link.dto.js';
export { UrlLinks } from './url-links.js';
export { UrlLinksModule } from './url-links.module.js';
