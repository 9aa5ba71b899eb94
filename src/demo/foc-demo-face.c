/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "foc-demo-face.h"

#include <math.h>

/* From light to dark, the way along which people differ most. */
static const FocDemoColour skins[] = {
  { 0.98, 0.87, 0.80 }, { 0.96, 0.81, 0.71 }, { 0.92, 0.75, 0.62 }, { 0.86, 0.67, 0.52 },
  { 0.76, 0.56, 0.41 }, { 0.63, 0.44, 0.31 }, { 0.49, 0.33, 0.23 }, { 0.36, 0.24, 0.18 },
};

static const FocDemoColour hairs[] = {
  { 0.09, 0.08, 0.08 }, { 0.15, 0.11, 0.09 }, { 0.24, 0.16, 0.11 },
  { 0.36, 0.23, 0.14 }, { 0.45, 0.25, 0.13 }, { 0.58, 0.30, 0.14 },
  { 0.66, 0.49, 0.28 }, { 0.83, 0.68, 0.43 }, { 0.91, 0.82, 0.63 },
};

static const FocDemoColour irises[] = {
  { 0.22, 0.13, 0.08 }, { 0.35, 0.21, 0.11 }, { 0.47, 0.33, 0.16 },
  { 0.36, 0.44, 0.25 }, { 0.30, 0.48, 0.62 }, { 0.42, 0.52, 0.58 },
};

static void
choose_pose (FocDemoFace *self, FocRng *rng)
{
  double side = foc_demo_chance (rng, 0.5) ? -1.0 : 1.0;
  double height = foc_demo_between (rng, 0.15, 0.75);
  double sideways = side * foc_demo_between (rng, 0.15, 0.75);
  double length;

  self->x = foc_demo_between (rng, 0.45, 0.55);
  self->y = foc_demo_between (rng, 0.46, 0.53);
  self->scale = foc_demo_between (rng, 0.295, 0.365);
  self->roll = foc_demo_normal (rng, 0.07, 0.2);
  self->yaw = foc_demo_normal (rng, 0.15, 0.33);
  self->pitch = foc_demo_normal (rng, 0.025, 0.06);

  length = sqrt (sideways * sideways + height * height + 0.8);
  self->light_x = sideways / length;
  self->light_y = -height / length;
  self->light_z = sqrt (0.8) / length;
}

static void
choose_proportions (FocDemoFace *self, FocRng *rng, double soft)
{
  self->width = foc_demo_between (rng, 0.70, 0.80);
  self->jaw = self->width * foc_demo_between (rng, 0.78, 0.94) * (1.0 - 0.07 * soft);
  self->chin = foc_demo_between (rng, 0.20, 0.34) * (1.0 - 0.2 * soft);
  self->ear = foc_demo_between (rng, 0.18, 0.23);
  self->eye_x = self->width * foc_demo_between (rng, 0.435, 0.48);
  self->eye_y = foc_demo_between (rng, -0.04, 0.05) + self->pitch;
  self->eye_width = foc_demo_between (rng, 0.145, 0.178);
  self->eye_open = self->eye_width * foc_demo_between (rng, 0.42, 0.66);
  self->eye_slant = foc_demo_normal (rng, 0.05, 0.12) - 0.04;
  self->iris = self->eye_width * foc_demo_between (rng, 0.47, 0.55);
  self->gaze_x = foc_demo_normal (rng, 0.3, 0.5) + 0.7 * self->yaw;
  self->gaze_y = foc_demo_normal (rng, 0.2, 0.4);
  self->brow_y = self->eye_open + foc_demo_between (rng, 0.095, 0.15);
  self->brow_thick = foc_demo_between (rng, 0.028, 0.062) * (1.0 - 0.35 * soft);
  self->brow_arch = foc_demo_between (rng, 0.02, 0.07);
  self->brow_slant = foc_demo_normal (rng, 0.09, 0.2);
  self->nose_y = foc_demo_between (rng, 0.33, 0.42) + 1.5 * self->pitch;
  self->nose_width = foc_demo_between (rng, 0.115, 0.175) * (1.0 - 0.1 * soft);
  self->mouth_y = foc_demo_between (rng, 0.60, 0.655) + self->pitch;
  self->mouth_width = foc_demo_between (rng, 0.225, 0.31);
  self->smile = foc_demo_between (rng, 0.008, 0.092);
  self->lip = foc_demo_between (rng, 0.045, 0.08) * (0.85 + 0.3 * soft);
  self->mouth_open = 0.0;
  if (self->smile > 0.03 && foc_demo_chance (rng, 0.5))
    self->mouth_open = foc_demo_between (rng, 0.03, 0.085);
}

static void
choose_features (FocDemoFace *self, FocRng *rng, double soft)
{
  static const guint8 short_hair[] = {
    FOC_DEMO_HAIR_BUZZ,   FOC_DEMO_HAIR_PARTED, FOC_DEMO_HAIR_QUIFF,  FOC_DEMO_HAIR_CURLY,
    FOC_DEMO_HAIR_PARTED, FOC_DEMO_HAIR_QUIFF,  FOC_DEMO_HAIR_BEANIE, FOC_DEMO_HAIR_AFRO,
  };
  static const guint8 long_hair[] = {
    FOC_DEMO_HAIR_BOB,  FOC_DEMO_HAIR_LONG, FOC_DEMO_HAIR_WAVY, FOC_DEMO_HAIR_BUN,
    FOC_DEMO_HAIR_WAVY, FOC_DEMO_HAIR_LONG, FOC_DEMO_HAIR_AFRO, FOC_DEMO_HAIR_SCARF,
  };

  self->age = foc_rng_uniform (rng);
  self->lashes = foc_demo_chance (rng, soft);
  self->earrings = foc_demo_chance (rng, soft * 0.5);
  self->freckles = foc_demo_chance (rng, 0.14);

  if (foc_demo_chance (rng, soft))
    self->hair = long_hair[foc_rng_below (rng, G_N_ELEMENTS (long_hair))];
  else
    self->hair = short_hair[foc_rng_below (rng, G_N_ELEMENTS (short_hair))];
  if (soft < 0.5 && self->age > 0.5 && foc_demo_chance (rng, 0.35))
    self->hair = foc_demo_chance (rng, 0.5) ? FOC_DEMO_HAIR_NONE : FOC_DEMO_HAIR_RECEDING;

  self->hair_volume = foc_demo_between (rng, 0.0, 1.0);
  self->hair_length = foc_demo_between (rng, 0.0, 1.0);
  self->hair_part = foc_demo_between (rng, -0.75, 0.75);
  self->fringe = foc_demo_chance (rng, 0.4);

  self->beard = FOC_DEMO_BEARD_NONE;
  if (soft < 0.4 && foc_demo_chance (rng, 0.75 - 1.6 * soft))
    self->beard = (FocDemoBeard) (1 + foc_rng_below (rng, 4));
  self->glasses = FOC_DEMO_GLASSES_NONE;
  if (foc_demo_chance (rng, 0.2 + 0.15 * self->age))
    self->glasses = (FocDemoGlasses) (1 + foc_rng_below (rng, 2));
  self->clothes = (FocDemoClothes) foc_rng_below (rng, FOC_DEMO_N_CLOTHES);
}

static void
choose_colours (FocDemoFace *self, FocRng *rng, double soft)
{
  double tone = foc_rng_uniform (rng);
  double hair = foc_rng_uniform (rng);
  double warm = foc_demo_normal (rng, 0.03, 0.08);
  FocDemoColour grey = { 0.62, 0.61, 0.60 };
  guint iris;

  self->skin = foc_demo_colour_along (skins, G_N_ELEMENTS (skins), tone);
  self->skin.r *= 1.0 + 0.5 * warm;
  self->skin.b *= 1.0 - warm;
  self->lips = foc_demo_colour_mix (foc_demo_colour_scale (self->skin, 0.86),
                                    (FocDemoColour){ 0.70, 0.26, 0.27 },
                                    0.30 + 0.30 * soft * foc_rng_uniform (rng));

  /* Fair hair is rarer with dark skin, and never impossible. */
  hair *= foc_demo_chance (rng, 0.85) ? 1.0 - 0.75 * tone : 1.0;
  self->hair_colour = foc_demo_colour_along (hairs, G_N_ELEMENTS (hairs), hair);
  if (self->age > 0.6)
    self->hair_colour = foc_demo_colour_mix (
      self->hair_colour, grey, foc_demo_between (rng, 0.0, 2.5 * (self->age - 0.6)));
  self->brow_colour = foc_demo_colour_scale (
    foc_demo_colour_mix (self->hair_colour, self->skin, 0.12), 0.78);
  iris = foc_rng_below (rng, G_N_ELEMENTS (irises));
  if (tone > 0.5 && foc_demo_chance (rng, 0.9))
    iris %= 2; /* brown */
  self->iris_colour = irises[iris];

  if (self->hair == FOC_DEMO_HAIR_SCARF || self->hair == FOC_DEMO_HAIR_BEANIE)
    self->hair_colour = foc_demo_random_colour (rng, 0, 1, 0.08, 0.55, 0.3, 0.85);
  self->clothes_colour = foc_demo_random_colour (rng, 0, 1, 0.05, 0.7, 0.15, 0.9);
  self->glasses_colour = foc_demo_random_colour (rng, 0, 1, 0, 0.5, 0.08, 0.35);
}

void
foc_demo_face_init (FocDemoFace *self, guint64 seed, guint index)
{
  guint64 who[2] = { GUINT64_TO_LE (seed), GUINT64_TO_LE ((guint64) index) };
  double soft;
  FocRng rng;

  foc_rng_init (&rng, foc_hash (who, sizeof who, 0), FOC_RNG_STREAM_DEMO);

  /* Long lashes go rarely with beards; one number leans all of these, and leaves
   * everything possible in between. */
  soft = foc_rng_uniform (&rng);
  soft = soft * soft * (3.0 - 2.0 * soft);

  choose_pose (self, &rng);
  choose_proportions (self, &rng, soft);
  choose_features (self, &rng, soft);
  choose_colours (self, &rng, soft);
  self->detail = foc_hash (who, sizeof who, 2);
}

double
foc_demo_face_turn (const FocDemoFace *self, double x)
{
  double part = CLAMP (x / self->width, -0.98, 0.98);

  return self->width * sin (asin (part) + self->yaw);
}

double
foc_demo_face_narrow (const FocDemoFace *self, double x)
{
  double angle = asin (CLAMP (x / self->width, -0.98, 0.98));

  return CLAMP (cos (angle + self->yaw) / cos (angle), 0.55, 1.2);
}

static void
enter (const FocDemoFace *self, cairo_t *cr, int size, double roll)
{
  cairo_identity_matrix (cr);
  cairo_scale (cr, size, size);
  cairo_translate (cr, self->x, self->y);
  cairo_rotate (cr, roll);
  cairo_scale (cr, self->scale, self->scale);
}

void
foc_demo_face_enter (const FocDemoFace *self, cairo_t *cr, int size)
{
  enter (self, cr, size, self->roll);
}

void
foc_demo_face_enter_body (const FocDemoFace *self, cairo_t *cr, int size)
{
  enter (self, cr, size, 0.2 * self->roll);
}
