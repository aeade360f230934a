import type { CustomerOrderAttribution } from '@mall/shared/disputes';
import type { AttributionOutcome, AttributionReplay, AttributionView } from '@mall/shared/hq';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { GuideChipDto } from '../share-links/share-links.public.js';

const BRANCHES = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
type BranchLetter = (typeof BRANCHES)[number];
const BRANCH = { enum: BRANCHES, description: 'The branch of R3.2 that won' };

export class AttributionQueryDto {
  @ApiPropertyOptional({ enum: ['0', '1'], description: '1: with the raw facts that the decision rests on' })
  @IsOptional()
  @IsIn(['0', '1'])
  evidence?: '0' | '1';
}

class AttributionLineDto {
  @ApiProperty({ type: String, nullable: true })
  guideId: string | null;

  @ApiProperty({ type: String, nullable: true })
  guideName: string | null;

  @ApiProperty({ type: String, nullable: true })
  storeId: string | null;
}

class AttributionLoserDto {
  @ApiProperty({ enum: ['binding', 'touch', 'coupon'] })
  kind: string;

  @ApiProperty()
  id: string;

  @ApiProperty({ type: String, nullable: true })
  guideId: string | null;

  @ApiProperty({ type: String, nullable: true })
  guideName: string | null;

  @ApiProperty({ example: 'outranked' })
  reason: string;

  @ApiProperty()
  sentence: string;

  @ApiProperty({ type: Number, nullable: true, description: 'Opened, or relation begun' })
  at: number | null;
}

class AssistDto {
  @ApiProperty()
  guideId: string;

  @ApiProperty({ type: String, nullable: true })
  guideName: string | null;
}

export class AttributionViewDto implements AttributionView {
  @ApiProperty()
  orderId: string;

  @ApiProperty(BRANCH)
  branch: BranchLetter;

  @ApiProperty({ type: String, nullable: true })
  guideId: string | null;

  @ApiProperty({ type: String, nullable: true })
  guideName: string | null;

  @ApiProperty({ type: String, nullable: true })
  storeId: string | null;

  @ApiProperty({ type: String, nullable: true })
  storeName: string | null;

  @ApiProperty({ type: String, nullable: true })
  bindingId: string | null;

  @ApiProperty({ type: String, nullable: true })
  touchId: string | null;

  @ApiProperty({ example: 'default' })
  settingsVersion: string;

  @ApiProperty({ example: '由专属导购陈静（静安店）服务：下单时在绑定保护期内' })
  sentence: string;

  @ApiProperty({ type: Number, nullable: true })
  wonAt: number | null;

  @ApiProperty({ type: [AttributionLineDto] })
  lines: AttributionLineDto[];

  @ApiProperty({ type: [AttributionLoserDto] })
  losers: AttributionLoserDto[];

  @ApiProperty({ type: [AssistDto], description: 'R3.5' })
  assists: AssistDto[];

  @ApiProperty()
  decidedAt: number;

  @ApiPropertyOptional({ type: Object, description: 'With ?evidence=1' })
  evidence?: unknown;
}

class OutcomeLineDto {
  @ApiProperty({ type: String, nullable: true })
  guideId: string | null;

  @ApiProperty({ type: String, nullable: true })
  storeId: string | null;
}

class OutcomeLoserDto {
  @ApiProperty()
  kind: string;

  @ApiProperty()
  id: string;

  @ApiProperty({ type: String, nullable: true })
  guideId: string | null;

  @ApiProperty()
  reason: string;
}

class AttributionOutcomeDto implements AttributionOutcome {
  @ApiProperty(BRANCH)
  branch: BranchLetter;

  @ApiProperty({ type: String, nullable: true })
  guideId: string | null;

  @ApiProperty({ type: String, nullable: true })
  guideName: string | null;

  @ApiProperty({ type: String, nullable: true })
  storeId: string | null;

  @ApiProperty({ type: String, nullable: true })
  storeName: string | null;

  @ApiProperty({ type: String, nullable: true })
  bindingId: string | null;

  @ApiProperty({ type: String, nullable: true })
  touchId: string | null;

  @ApiProperty({ type: [OutcomeLineDto] })
  lines: OutcomeLineDto[];

  @ApiProperty({ type: [OutcomeLoserDto] })
  losers: OutcomeLoserDto[];

  @ApiProperty({ type: [String] })
  assists: string[];

  @ApiProperty()
  sentence: string;
}

class DifferenceDto {
  @ApiProperty({ example: 'guideId' })
  field: string;

  @ApiProperty({ description: 'JSON' })
  stored: string;

  @ApiProperty({ description: 'JSON' })
  replayed: string;
}

export class AttributionReplayDto implements AttributionReplay {
  @ApiProperty()
  orderId: string;

  @ApiProperty()
  agrees: boolean;

  @ApiProperty({ type: AttributionOutcomeDto, nullable: true })
  stored: AttributionOutcome | null;

  @ApiProperty({ type: AttributionOutcomeDto, nullable: true, description: 'null: the evidence cannot be read' })
  replayed: AttributionOutcome | null;

  @ApiProperty({ type: [DifferenceDto] })
  differences: DifferenceDto[];
}

export class CustomerOrderAttributionDto implements CustomerOrderAttribution {
  @ApiProperty()
  orderId: string;

  @ApiProperty({ type: GuideChipDto, nullable: true })
  guide: GuideChipDto | null;

  @ApiProperty({ type: String, nullable: true })
  storeName: string | null;

  @ApiProperty(BRANCH)
  branch: BranchLetter;

  @ApiProperty({ example: '由导购陈静（静安店）服务：下单前最近一次打开的是她的分享' })
  sentence: string;

  @ApiProperty()
  decidedAt: number;
}
