/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-network-view.h"

#include "foc-network-grid.h"
#include "foc-numerals.h"
#include "foc-share-colours.h"
#include "foc-text.h"
#include "foc-widget.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#define SWATCH_SIDE 20

typedef struct
{
  guint32 rgb;
  const char *name;
} Swatch;

static const Swatch swatches[] = {
  { 0x000000, N_ ("Black") }, { 0x808080, N_ ("Grey") }, { 0xffffff, N_ ("White") },
  { 0xe0ac84, N_ ("Beige") }, { 0xd02020, N_ ("Red") },  { 0xf5d020, N_ ("Yellow") },
  { 0x209040, N_ ("Green") }, { 0x2050c0, N_ ("Blue") },
};

struct _FocNetworkView
{
  GtkWidget parent_instance;

  GtkStack *heading; /* "seen", "painted" */
  FocNetworkGrid *grid;
  GtkInscription *caption;
  GtkCheckButton *explanation;
  GtkLabel *legend;
  GtkLabel *sums;
  GtkToggleButton *paint;
  GtkGrid *swatches;
  GtkWidget *tools; /* that take paint away */
  GtkWidget *undo;
  GtkWidget *reset;
  guint swatch; /* index of the chosen one */

  gboolean has_features;
  guint8 features[FOC_N_FEATURES];
  /* The explanation: of the answer, and of what is next likely. */
  gboolean has_shares;
  double shares[FOC_N_PIXELS];
  guint labels[2];
  char *names[2];
};

enum
{
  STROKE,
  PAINT,
  UNDO_PAINT,
  RESET_PAINT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (FocNetworkView, foc_network_view, GTK_TYPE_WIDGET)

static gboolean
explains (FocNetworkView *self)
{
  return self->has_shares && gtk_check_button_get_active (self->explanation);
}

static char *
describe_share (FocNetworkView *self, guint row, guint column)
{
  double share = self->shares[row * FOC_FEATURE_SIDE + column];
  g_autofree char *number = foc_numerals_set_minus (g_strdup_printf ("%+.3f", share));

  if (share == 0)
    return g_strdup_printf (_ ("Row %u, column %u: share 0, speaks for neither"), row + 1,
                            column + 1);
  /* Translators: the place of a pixel, its share in the answer, and a class. */
  return g_strdup_printf (_ ("Row %u, column %u: share %s, speaks for %s"), row + 1,
                          column + 1, number, self->names[share > 0 ? 0 : 1]);
}

static char *
describe_colour (FocNetworkView *self, guint row, guint column)
{
  const guint8 *rgb =
    self->features + (row * FOC_FEATURE_SIDE + column) * FOC_FEATURE_CHANNELS;

  /* Translators: the place of a pixel, and its colours, each from 0 to 255. */
  return g_strdup_printf (_ ("Row %u, column %u: red %u, green %u, blue %u"), row + 1,
                          column + 1, rgb[0], rgb[1], rgb[2]);
}

static void
show_cell (FocNetworkView *self)
{
  g_autofree char *text = NULL;
  guint row, column;

  if (!self->has_features || !foc_network_grid_get_cell (self->grid, &row, &column))
    text = g_strdup (_ ("24 × 24 pixels"));
  else if (explains (self))
    text = describe_share (self, row, column);
  else
    text = describe_colour (self, row, column);
  gtk_inscription_set_text (self->caption, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

static void
show_sums (FocNetworkView *self, const FocShares *shares)
{
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->sums), shares != NULL);
  if (shares == NULL)
    return;
  /* Translators: numbers, in this order: what speaks for the answer, and against it, and
   * their sum; two logits, and their difference. */
  text = g_strdup_printf (_ ("Shares: %+.4f %+.4f ≈ %.4f\nLogits: %.4f − (%.4f) ≈ %.4f"),
                          shares->positive, shares->negative, shares->difference,
                          shares->answer_logit, shares->runner_up_logit,
                          shares->answer_logit - shares->runner_up_logit);
  text = foc_numerals_set_minus (text);
  gtk_label_set_text (self->sums, text);
}

static void
update (FocNetworkView *self)
{
  guint8 pixels[FOC_N_FEATURES];

  gtk_widget_set_sensitive (GTK_WIDGET (self->explanation), self->has_shares);
  gtk_widget_set_visible (GTK_WIDGET (self->legend), explains (self));
  show_cell (
    self); /* GTK 4.8 cannot tell a screen reader of an inscription without a text */
  if (!self->has_features)
    return;

  if (explains (self))
    {
      g_autofree char *legend = foc_share_colours_make_legend (
        self->names[0], self->labels[0], self->names[1], self->labels[1]);

      gtk_label_set_markup (self->legend, legend);
      foc_share_colours_paint (self->shares, self->labels[0], self->labels[1],
                               self->features, pixels);
    }
  else
    memcpy (pixels, self->features, sizeof pixels);
  foc_network_grid_set_pixels (self->grid, pixels);
}

/* Paint */

/* In sight while there is something for them to do, or may be soon. */
static void
show_tools (FocNetworkView *self)
{
  gtk_widget_set_visible (self->tools, gtk_toggle_button_get_active (self->paint)
                                         || gtk_widget_get_sensitive (self->undo)
                                         || gtk_widget_get_sensitive (self->reset));
}

/* Who paints wants to see the colours; the explanation can be had back. */
static void
on_paint_toggled (FocNetworkView *self)
{
  gtk_check_button_set_active (self->explanation,
                               !gtk_toggle_button_get_active (self->paint));
  show_tools (self);
}

static void
on_painted (FocNetworkView *self, GArray *pixels)
{
  g_signal_emit (self, signals[PAINT], 0, pixels, swatches[self->swatch].rgb);
}

static void
on_stroke_begun (FocNetworkView *self)
{
  g_signal_emit (self, signals[STROKE], 0);
}

static void
on_undo (FocNetworkView *self)
{
  g_signal_emit (self, signals[UNDO_PAINT], 0);
}

/* Before the page hears of it, which undoes other things. */
static gboolean
on_key_pressed (FocNetworkView *self,
                guint keyval,
                guint keycode,
                GdkModifierType modifiers)
{
  if (gdk_keyval_to_lower (keyval) != GDK_KEY_z
      || (modifiers & gtk_accelerator_get_default_mod_mask ()) != GDK_CONTROL_MASK
      || !gtk_widget_get_sensitive (self->undo))
    return GDK_EVENT_PROPAGATE;

  on_undo (self);
  return GDK_EVENT_STOP;
}

static void
on_reset (FocNetworkView *self)
{
  g_signal_emit (self, signals[RESET_PAINT], 0);
}

static void
on_swatch_toggled (GtkToggleButton *button, FocNetworkView *self)
{
  if (gtk_toggle_button_get_active (button))
    self->swatch = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "swatch"));
}

static GtkWidget *
make_swatch_image (guint32 rgb)
{
  const guint8 pixel[] = { (guint8) (rgb >> 16), (guint8) (rgb >> 8), (guint8) rgb };
  g_autoptr (GBytes) bytes = g_bytes_new (pixel, sizeof pixel);
  g_autoptr (GdkTexture) texture =
    gdk_memory_texture_new (1, 1, GDK_MEMORY_R8G8B8, bytes, sizeof pixel);
  GtkWidget *image = gtk_image_new_from_paintable (GDK_PAINTABLE (texture));

  gtk_image_set_pixel_size (GTK_IMAGE (image), SWATCH_SIDE);
  return image;
}

static void
add_swatches (FocNetworkView *self)
{
  GtkToggleButton *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (swatches); i++)
    {
      const char *name = _ (swatches[i].name);
      GtkWidget *button = gtk_toggle_button_new ();

      gtk_button_set_child (GTK_BUTTON (button), make_swatch_image (swatches[i].rgb));
      gtk_widget_set_tooltip_text (button, name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "swatch");
      g_object_set_data (G_OBJECT (button), "swatch", GUINT_TO_POINTER (i));
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), first);
      if (first == NULL)
        first = GTK_TOGGLE_BUTTON (button);
      g_signal_connect (button, "toggled", G_CALLBACK (on_swatch_toggled), self);
      gtk_grid_attach (self->swatches, button, (int) i % 2, (int) i / 2, 1, 1);
    }
  gtk_toggle_button_set_active (first, TRUE);
}

/* The widget */

/* A label would do so by itself. */
static void
foc_network_view_direction_changed (GtkWidget *widget, GtkTextDirection before)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  gtk_inscription_set_xalign (FOC_NETWORK_VIEW (widget)->caption, is_rtl ? 1 : 0);
  GTK_WIDGET_CLASS (foc_network_view_parent_class)->direction_changed (widget, before);
}

static void
forget_shares (FocNetworkView *self)
{
  self->has_shares = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (self->names); i++)
    g_clear_pointer (&self->names[i], g_free);
}

static void
foc_network_view_dispose (GObject *object)
{
  FocNetworkView *self = FOC_NETWORK_VIEW (object);

  forget_shares (self);
  foc_widget_dispose_template (GTK_WIDGET (self), FOC_TYPE_NETWORK_VIEW);

  G_OBJECT_CLASS (foc_network_view_parent_class)->dispose (object);
}

static void
foc_network_view_class_init (FocNetworkViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = foc_network_view_dispose;
  widget_class->direction_changed = foc_network_view_direction_changed;
  signals[STROKE] = g_signal_new ("stroke-begun", FOC_TYPE_NETWORK_VIEW,
                                  G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[UNDO_PAINT] =
    g_signal_new ("undo-paint", FOC_TYPE_NETWORK_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);
  signals[PAINT] =
    g_signal_new ("paint", FOC_TYPE_NETWORK_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_ARRAY, G_TYPE_UINT);
  signals[RESET_PAINT] =
    g_signal_new ("reset-paint", FOC_TYPE_NETWORK_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                  NULL, G_TYPE_NONE, 0);

  g_type_ensure (FOC_TYPE_NETWORK_GRID);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/io/github/faceorcomic/FaceOrComic/ui/foc-network-view.ui");
#define BIND(name)                                                                       \
  gtk_widget_class_bind_template_child (widget_class, FocNetworkView, name)
  BIND (heading);
  BIND (grid);
  BIND (caption);
  BIND (explanation);
  BIND (legend);
  BIND (sums);
  BIND (paint);
  BIND (swatches);
  BIND (tools);
  BIND (undo);
  BIND (reset);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, show_cell);
  gtk_widget_class_bind_template_callback (widget_class, on_painted);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_bind_template_callback (widget_class, on_paint_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_stroke_begun);
  gtk_widget_class_bind_template_callback (widget_class, on_undo);
  gtk_widget_class_bind_template_callback (widget_class, on_reset);
}

static void
foc_network_view_init (FocNetworkView *self)
{
  static const char *const styles[] = { "notify::dark", "notify::high-contrast" };
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  foc_network_view_direction_changed (GTK_WIDGET (self), GTK_TEXT_DIR_NONE);
  add_swatches (self);
  show_tools (self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  update (self);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    g_signal_connect_object (adw_style_manager_get_default (), styles[i],
                             G_CALLBACK (update), self, G_CONNECT_SWAPPED);
}

GtkWidget *
foc_network_view_new (void)
{
  return g_object_new (FOC_TYPE_NETWORK_VIEW, NULL);
}

static void
copy_shares (FocNetworkView *self, const FocModel *model, const FocExplained *explained)
{
  self->has_shares = TRUE;
  memcpy (self->shares, explained->pixel_shares, sizeof self->shares);
  self->labels[0] = explained->shares->answer;
  self->labels[1] = explained->shares->runner_up;
  for (guint i = 0; i < G_N_ELEMENTS (self->names); i++)
    self->names[i] = foc_text_escape (model->class_names[self->labels[i]]);
}

void
foc_network_view_set (FocNetworkView *self,
                      const guint8 *features,
                      const FocModel *model,
                      const FocExplained *explained,
                      gboolean is_painted,
                      gboolean can_undo)
{
  forget_shares (self);
  memcpy (self->features, features, sizeof self->features);
  self->has_features = TRUE;
  if (explained != NULL && explained->shares != NULL)
    copy_shares (self, model, explained);
  show_sums (self, explained != NULL ? explained->shares : NULL);
  gtk_stack_set_visible_child_name (self->heading, is_painted ? "painted" : "seen");
  gtk_widget_set_sensitive (self->undo, can_undo);
  gtk_widget_set_sensitive (self->reset, is_painted);
  show_tools (self);
  update (self);
}

gboolean
foc_network_view_end_paint (FocNetworkView *self)
{
  if (!gtk_toggle_button_get_active (self->paint))
    return FALSE;

  gtk_toggle_button_set_active (self->paint, FALSE);
  return TRUE;
}
