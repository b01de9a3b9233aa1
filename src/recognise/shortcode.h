/*
 * shortcode.h -- what site builders unfold, Hugo and Hexo:
 *
 *     {{< details "标题" >}}    {{% expand title="标题" %}}    {% folding 标题 %}
 *     …                         …                              …
 *     {{< /details >}}          {{% /expand %}}                {% endfolding %}
 */
#ifndef DECKBIND_RECOGNISE_SHORTCODE_H
#define DECKBIND_RECOGNISE_SHORTCODE_H

#include "base/str.h"

/* Whether the line opens one; `*title`: what it is called, may be empty. */
bool shortcode_opens(Str line, Str *title);

/* Whether the line closes one. */
bool shortcode_closes(Str line);

#endif
