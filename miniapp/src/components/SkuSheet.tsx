import type { ProductDetail, ProductOption, Sku } from '@mall/shared/catalogue';
import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Picture } from './Picture';
import { Press } from './Press';
import { Price } from './Price';
import { Sheet } from './Sheet';
import { Stepper } from './Stepper';
import { type Choice, chosenSku, firstChoice, openOptions, valueState } from './sku-choice';
import './SkuSheet.scss';

interface OptionRowProps {
  product: ProductDetail;
  option: ProductOption;
  index: number;
  choice: Choice;
  onChoose: (value: string | null) => void;
}

function OptionRow({ product, option, index, choice, onChoose }: OptionRowProps) {
  return (
    <View className="sku-option">
      <Text className="sku-option__name">{option.name}</Text>
      <View className="sku-option__values">
        {option.values.map((value) => {
          const state = valueState(product, choice, index, value);
          const chosen = choice[index] === value;
          return (
            <Press
              key={value}
              className={`sku-option__value sku-option__value--${state} ${chosen ? 'is-chosen' : ''}`}
              disabled={state === 'absent'}
              onPress={() => onChoose(chosen ? null : value)}
            >
              {state === 'sold-out' ? `${value} · 缺货` : value}
            </Press>
          );
        })}
      </View>
    </View>
  );
}

interface Props {
  product: ProductDetail;
  /** The words on its button, by what was asked for. */
  action: string;
  onClose: () => void;
  onDone: (sku: Sku, quantity: number) => void;
}

function Head({ product, sku, choice }: { product: ProductDetail; sku: Sku | null; choice: Choice }) {
  const open = openOptions(product, choice);
  const stock = sku !== null && sku.available > 0 && sku.available <= 5 ? `只剩 ${sku.available} 件` : '';
  return (
    <View className="sku-head">
      <View className="sku-head__picture">
        <Picture url={sku?.imageUrl ?? product.images[0] ?? null} title={product.title} />
      </View>
      <View className="sku-head__text">
        <Price
          amount={sku?.priceFen ?? product.priceFen}
          from={sku === null && product.priceIsFrom}
          original={sku === null ? product.compareAtFen : sku.compareAtFen}
        />
        <Text className="sku-head__choice">
          {open.length > 0 ? `请选择${open.join('、')}` : `已选 ${choice.join(' / ')}`}
        </Text>
        {stock === '' ? null : <Text className="sku-head__stock">{stock}</Text>}
      </View>
    </View>
  );
}

/** Choosing options and quantity; the action waits until one SKU that is in stock is chosen. */
export function SkuSheet({ product, action, onClose, onDone }: Props) {
  const [choice, setChoice] = useState<Choice>(() => firstChoice(product));
  const [quantity, setQuantity] = useState(1);
  const sku = chosenSku(product, choice);
  const soldOut = sku !== null && sku.available <= 0;
  const most = sku === null ? 99 : Math.max(1, sku.available);
  const kept = Math.min(quantity, most);
  return (
    <Sheet
      className="sku-sheet"
      title="选择规格"
      onClose={onClose}
      foot={
        <Press
          id="sku-confirm"
          className="sku-sheet__confirm button button--primary"
          disabled={sku === null || soldOut}
          onPress={() => sku !== null && onDone(sku, kept)}
        >
          {soldOut ? '暂时缺货' : action}
        </Press>
      }
    >
      <Head product={product} sku={sku} choice={choice} />
      {product.options.map((option, index) => (
        <OptionRow
          key={option.name}
          product={product}
          option={option}
          index={index}
          choice={choice}
          onChoose={(value) => setChoice(choice.map((chosen, at) => (at === index ? value : chosen)))}
        />
      ))}
      <View className="sku-sheet__quantity">
        <Text>数量</Text>
        <Stepper quantity={kept} most={most} onChange={setQuantity} />
      </View>
    </Sheet>
  );
}
