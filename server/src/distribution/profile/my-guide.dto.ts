import {
  type ChangeMyGuideRequest,
  ContactPreference,
  type ContactPreferenceRequest,
  type MyGuide,
} from '@mall/shared/membership';
import { ApiProperty } from '@nestjs/swagger';
import { IsIn, Matches, ValidateIf } from 'class-validator';

class GuideChoiceDto {
  @ApiProperty({ example: 'gde_01J…' })
  id: string;

  @ApiProperty()
  name: string;

  @ApiProperty()
  storeName: string;
}

class PresentGuideDto extends GuideChoiceDto {
  @ApiProperty({ description: 'Since when the relation stands, renewals included' })
  since: number;

  @ApiProperty({ description: 'False: she is suspended or has left' })
  isServing: boolean;
}

export class MyGuideDto implements MyGuide {
  @ApiProperty({ type: PresentGuideDto, nullable: true })
  guide: PresentGuideDto | null;

  @ApiProperty({ enum: Object.values(ContactPreference) })
  contactPreference: ContactPreference;

  @ApiProperty({ type: Number, nullable: true, description: 'When I may change my guide again; null: now' })
  nextChangeAt: number | null;

  @ApiProperty({ type: [GuideChoiceDto] })
  choices: GuideChoiceDto[];
}

export class ChangeMyGuideRequestDto implements ChangeMyGuideRequest {
  @ApiProperty({ type: String, nullable: true, description: 'null: no guide' })
  @ValidateIf((request: ChangeMyGuideRequestDto) => request.guideId !== null)
  @Matches(/^gde_[0-9A-Z]{26}$/)
  guideId: string | null;
}

export class ContactPreferenceRequestDto implements ContactPreferenceRequest {
  @ApiProperty({ enum: Object.values(ContactPreference) })
  @IsIn(Object.values(ContactPreference))
  contactPreference: ContactPreference;
}
