/** Contact between guides and customers in WeCom (企业微信); off unless the mall is configured for it. */

/** GET /api/me/guide/contact-code: whether there is a code to ask for. */
export interface ContactOffer {
  offered: boolean;
}

/** POST /api/me/guide/contact-code */
export type ContactCode =
  | {
      available: true;
      guideName: string;
      storeName: string;
      /** WeCom's picture of the code. */
      codeImageUrl: string;
    }
  /** `not_wanted`: I asked not to be written to by guides. `not_connected`: my guide has no WeCom account here. */
  | { available: false; reason: 'off' | 'not_wanted' | 'no_guide' | 'not_connected' };

/** PUT /api/hq/guides/:id/wecom */
export interface WecomAccount {
  wecomUserId: string | null;
}

/** GET /api/hq/wecom/contacts */
export interface WecomContact {
  id: string;
  /** Null: the account is no guide's of this mall. */
  guideId: string | null;
  guideName: string | null;
  wecomUserId: string;
  /** Null while it is not known who the customer is. */
  memberId: string | null;
  /** `state`: WeCom told no unionid that is known here; weaker evidence. */
  linkedBy: string | null;
  /** WeCom's clock; null: never told. */
  addedAt: number | null;
  endedAt: number | null;
  endedBy: string | null;
  /** Of the welcome message: none, sending, sent, refused, unknown. */
  welcome: string;
}
