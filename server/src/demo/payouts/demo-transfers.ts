import type {
  QueryAnswer,
  SubmitAnswer,
  TransferOrder,
  TransferProvider,
  TransferStanding,
} from '../../distribution/payouts/payouts.public.js';

/**
 * Plays the one who sends money in a demo: takes every transfer and waits for the guide's confirmation. It keeps
 * nothing, since the number that it gives follows from the bill, so that two processes and a restart agree.
 */
export class DemoTransfers implements TransferProvider {
  async submit({ outBillNo }: TransferOrder): Promise<SubmitAnswer> {
    return { outcome: 'accepted', standing: waiting(outBillNo) };
  }

  async query(outBillNo: string): Promise<QueryAnswer> {
    return { outcome: 'found', standing: waiting(outBillNo) };
  }
}

function waiting(outBillNo: string): TransferStanding {
  return { state: 'waiting', providerNo: `DEMO${outBillNo}` };
}
