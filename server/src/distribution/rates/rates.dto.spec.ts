import { createValidationPipe } from '../../platform/http/validation.pipe.js';
import { CommissionRuleInputDto } from './rates.dto.js';

describe('body of a new commission rule', () => {
  const pipe = createValidationPipe();
  const whole = { productScope: { kind: 'any' }, sellerScope: { kind: 'any' }, guideBps: 750, reason: '测试' };
  const check = (body: object) => pipe.transform(body, { type: 'body', metatype: CommissionRuleInputDto });

  it('R4.1: is taken when both scopes are named', async () => {
    await expect(check(whole)).resolves.toMatchObject(whole);
  });

  it.each(['productScope', 'sellerScope'])('R4.1: without %s is a validation fault, not a crash', async (absent) => {
    const refused = { extension: { faults: [expect.objectContaining({ path: absent })] } };
    await expect(check({ ...whole, [absent]: undefined })).rejects.toMatchObject({ status: 422, ...refused });
    await expect(check({ ...whole, [absent]: null })).rejects.toMatchObject({ status: 422 });
  });
});
