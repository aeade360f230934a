/** Taro's components as plain elements, with what the tests look at. */
import type { ReactNode } from 'react';

interface Props {
  id?: string;
  className?: string;
  children?: ReactNode;
  ariaLabel?: string;
  src?: string;
  onClick?: (event: { stopPropagation: () => void }) => void;
}

export const View = ({ id, className, children, ariaLabel, onClick }: Props) => (
  // biome-ignore lint/a11y/noStaticElementInteractions: a View is no element of HTML; its role is given to WeChat.
  // biome-ignore lint/a11y/useKeyWithClickEvents: a phone has no keys.
  <div id={id} className={className} title={ariaLabel} onClick={onClick}>
    {children}
  </div>
);
export const Text = ({ id, className, children }: Props) => (
  <span id={id} className={className}>
    {children}
  </span>
);
export const Image = ({ src, ariaLabel }: Props) => <img src={src} alt={ariaLabel ?? ''} />;
export const ScrollView = View;
/** Its words, without markup. */
export const RichText = ({ nodes }: { nodes?: string }) => <div>{nodes?.replace(/<[^>]*>/g, '')}</div>;

interface InputProps extends Props {
  value?: string;
  placeholder?: string;
  onInput?: (event: { detail: { value: string } }) => void;
}

export const Input = ({ id, className, value, placeholder, onInput }: InputProps) => (
  <input
    id={id}
    className={className}
    value={value}
    placeholder={placeholder}
    onChange={(event) => onInput?.({ detail: { value: event.target.value } })}
  />
);
export const Picker = View;

/** What WeChat hands over at a tap of a button that asks it for something. */
export const buttonTap: { detail: Record<string, unknown> } = { detail: {} };

interface ButtonProps extends Props {
  disabled?: boolean;
  openType?: string;
  onGetPhoneNumber?: (event: { detail: Record<string, unknown> }) => void;
  onAgreePrivacyAuthorization?: () => void;
}

export const Button = ({ id, className, children, openType, ...events }: ButtonProps) => (
  <button
    type="button"
    id={id}
    className={className}
    title={openType}
    onClick={() => {
      events.onAgreePrivacyAuthorization?.();
      events.onGetPhoneNumber?.(buttonTap);
    }}
  >
    {children}
  </button>
);
