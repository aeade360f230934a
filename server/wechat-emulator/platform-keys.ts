import type { EmulatorClock } from './clock.js';
import type { EmulatorCredentials } from './credentials.js';
import { makePlatformCertificate, type PlatformCertificate } from './platform-certificate.js';

/**
 * `public_key`: the merchant knows the platform by its public key. `certificate`: by certificates that it fetches.
 * `switching`: it changes from one to the other, and meets both.
 */
export const KEY_MODES = ['public_key', 'certificate', 'switching'] as const;
export type KeyMode = (typeof KEY_MODES)[number];

export interface PlatformSigner {
  readonly serial: string;
  readonly privateKeyPem: string;
}

/** The keys under which the platform answers, notifies and opens what merchants seal. */
export class PlatformKeys {
  private currentMode: KeyMode = 'public_key';
  private certificates: PlatformCertificate[] = [];
  private noticesSigned = 0;

  constructor(
    private readonly credentials: EmulatorCredentials,
    private readonly clock: EmulatorClock,
  ) {}

  get mode(): KeyMode {
    return this.currentMode;
  }

  setMode(mode: KeyMode): void {
    this.currentMode = mode;
    if (mode !== 'public_key' && this.certificates.length === 0) this.rotate();
  }

  /** A new certificate beside the old ones; the platform signs with the newest. */
  rotate(): void {
    this.certificates.push(makePlatformCertificate(this.clock.now()));
  }

  all(): readonly PlatformCertificate[] {
    return this.certificates;
  }

  restore(mode: KeyMode, certificates: readonly PlatformCertificate[]): void {
    this.certificates = [...certificates];
    this.currentMode = mode;
  }

  /** Whether a request may name this serial as the key under which it wants to be answered. */
  isKnown(serial: string | undefined): boolean {
    const isPublicKey = serial === this.credentials.platformKeyId;
    if (this.currentMode === 'public_key') return isPublicKey;
    const isCertificate = serial === undefined || this.certificates.some((one) => one.serial === serial);
    return isCertificate || (this.currentMode === 'switching' && isPublicKey);
  }

  forAnswer(wanted: string | undefined): PlatformSigner {
    const asksForKey = this.currentMode === 'switching' && wanted === this.credentials.platformKeyId;
    return this.currentMode === 'public_key' || asksForKey ? this.publicKey() : this.newest();
  }

  /** During a switch notices come under both, in turns. */
  forNotice(): PlatformSigner {
    this.noticesSigned += 1;
    if (this.currentMode === 'switching') return this.noticesSigned % 2 === 0 ? this.publicKey() : this.newest();
    return this.currentMode === 'public_key' ? this.publicKey() : this.newest();
  }

  /** Opens what was sealed under this serial; null for a serial that was not named or is not ours. */
  opening(serial: string | undefined): string | null {
    if (serial === this.credentials.platformKeyId) return this.credentials.platformPrivateKeyPem;
    return this.certificates.find((one) => one.serial === serial)?.privateKeyPem ?? null;
  }

  private publicKey(): PlatformSigner {
    return { serial: this.credentials.platformKeyId, privateKeyPem: this.credentials.platformPrivateKeyPem };
  }

  private newest(): PlatformSigner {
    return this.certificates.at(-1) ?? this.publicKey();
  }
}
