export { SubmitText } from './submit-text.service.js';
export { IsNickname } from './texts.dto.js';
export { TextsModule } from './texts.module.js';
export { WrittenTextEntity } from './written-text.entity.js';
