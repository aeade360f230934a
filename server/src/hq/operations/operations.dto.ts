import type { StuckEvent } from '@mall/shared/hq';
import { ApiProperty } from '@nestjs/swagger';

export class StuckEventDto implements StuckEvent {
  @ApiProperty({ example: 'evt_01J…' })
  id: string;

  @ApiProperty({ example: 'order.paid' })
  type: string;

  @ApiProperty({ description: 'What it happened to; the later events of the same wait behind it' })
  streamId: string;

  @ApiProperty()
  attempts: number;

  @ApiProperty({ description: 'Milliseconds since it was recorded' })
  ageMs: number;

  @ApiProperty({ description: 'When it is tried next, epoch ms on the wall clock' })
  nextAttemptAt: number;

  @ApiProperty({ type: String, nullable: true })
  lastError: string | null;
}
