/*
 * cover.c -- a picture by its bytes, or the drawn cover.
 */
#include "emit/epub/cover.h"

#include "base/below.h"
#include "base/xml.h"
#include "emit/epub/cover_design.h"
#include "emit/epub/cover_png.h"
#include "emit/epub/pages.h"
#include "emit/epub/words.h"
#include "model/picture.h"
#include "render/html.h"

static bool refuse(Book *b, DiagCode code, const char *why)
{
    diag(&b->diags, code, (Place){0}, "cover: %s%s", b->config.cover.at, why);
    return false;
}

static bool read_picture(Book *b, Arena *a, Cover *cover)
{
    switch (below_read_in(b->folder.at, b->config.cover, PICTURE_MOST, a, &cover->bytes)) {
    case BELOW_MISSING:
        return refuse(b, D_IMAGE_MISSING, "");
    case BELOW_OUTSIDE:
        return refuse(b, D_CONFIG_INVALID, " is not in the notes folder");
    case BELOW_LARGE:
        return refuse(b, D_IMAGE_KIND, " is larger than 25 MiB");
    case BELOW_READ:
        break;
    }
    MediaForm form = picture_read(cover->bytes);
    if (!form.type)
        return refuse(b, D_IMAGE_KIND, "");
    Buf name = {.arena = a};
    buf_printf(&name, "cover.%s", form.suffix);
    cover->name = buf_str(&name);
    cover->type = str_of(form.type);
    return true;
}

bool cover_make(Book *b, Arena *a, Cover *cover)
{
    if (b->config.cover.n && read_picture(b, a, cover))
        return true;
    CoverDesign design = cover_design(b, a);
    *cover = (Cover){.name = STR("cover.svg"), .type = STR("image/svg+xml"), .bytes = cover_svg(&design, a)};
    if (!b->reproducible)
        cover->png = cover_png(&design, b->config.language, &b->drawn, a);
    return xml_check(cover->bytes, cover->name, &b->diags);
}

Str cover_page(const Book *b, const Cover *cover, Arena *a)
{
    const Words *w = words_of(b);
    Buf out = {.arena = a};
    page_open(&out, b, w->cover, "frontmatter");
    buf_puts(&out, "<section class=\"cover\" epub:type=\"cover\">\n");
    buf_puts(&out, "<img role=\"doc-cover\" src=\"../images/");
    buf_put(&out, cover->png.n ? STR(COVER_PNG) : cover->name);
    buf_puts(&out, "\" alt=\"");
    html_text(&out, words_label(w, STR(""), b->config.title, a));
    buf_puts(&out, "\"/>\n</section>\n");
    page_close(&out);
    return buf_str(&out);
}
