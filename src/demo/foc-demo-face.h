/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "foc-demo-paint.h"

/* The description of an invented person, and nothing of how she or he is
 * drawn: the photograph and the comic of one index are painted from the same
 * description, so that no proportion, pose or haircut tells the classes apart.
 *
 * Lengths of the face are in head units: half the head's height is 1, the
 * middle of the head is (0, 0), x goes to the right and y down; the chin is at
 * y = 1. Positions of the head are in parts of the picture's side. */

typedef enum
{
  FOC_DEMO_HAIR_NONE,
  FOC_DEMO_HAIR_BUZZ,
  FOC_DEMO_HAIR_RECEDING,
  FOC_DEMO_HAIR_PARTED,
  FOC_DEMO_HAIR_QUIFF,
  FOC_DEMO_HAIR_CURLY,
  FOC_DEMO_HAIR_AFRO,
  FOC_DEMO_HAIR_BOB,
  FOC_DEMO_HAIR_LONG,
  FOC_DEMO_HAIR_WAVY,
  FOC_DEMO_HAIR_BUN,
  FOC_DEMO_HAIR_SCARF,  /* a headscarf: `hair_colour` is the cloth's */
  FOC_DEMO_HAIR_BEANIE, /* the same */
  FOC_DEMO_N_HAIR,
} FocDemoHair;

typedef enum
{
  FOC_DEMO_BEARD_NONE,
  FOC_DEMO_BEARD_STUBBLE,
  FOC_DEMO_BEARD_MOUSTACHE,
  FOC_DEMO_BEARD_GOATEE,
  FOC_DEMO_BEARD_FULL,
} FocDemoBeard;

typedef enum
{
  FOC_DEMO_GLASSES_NONE,
  FOC_DEMO_GLASSES_ROUND,
  FOC_DEMO_GLASSES_SQUARE,
} FocDemoGlasses;

typedef enum
{
  FOC_DEMO_CLOTHES_ROUND,
  FOC_DEMO_CLOTHES_V,
  FOC_DEMO_CLOTHES_COLLAR,
  FOC_DEMO_CLOTHES_TURTLENECK,
  FOC_DEMO_N_CLOTHES,
} FocDemoClothes;

typedef struct
{
  /* Pose. */
  double x, y;  /* the middle of the head, in parts of the picture     */
  double scale; /* half the head's height, in parts of the picture     */
  double roll;  /* radians, clockwise                                  */
  double yaw;   /* radians, positive looks to the right of the picture */
  double pitch; /* how far the features move down, in head units       */

  /* Proportions. */
  double width;               /* half the head's width       */
  double jaw, chin;           /* half widths                 */
  double ear;                 /* height                      */
  double eye_x, eye_y;        /* the right eye's middle      */
  double eye_width, eye_open; /* halves                      */
  double eye_slant, iris;     /* radians; radius             */
  double gaze_x, gaze_y;      /* -1 ... 1                    */
  double brow_y, brow_thick;  /* above the eye               */
  double brow_arch, brow_slant;
  double nose_y, nose_width;   /* the tip; half a width       */
  double mouth_y, mouth_width; /* half a width                */
  double smile, mouth_open, lip;

  /* Features. */
  FocDemoHair hair;
  double hair_volume, hair_length, hair_part; /* part: -1 ... 1   */
  gboolean fringe;
  FocDemoBeard beard;
  FocDemoGlasses glasses;
  FocDemoClothes clothes;
  gboolean lashes, earrings, freckles;
  double age; /* 0 ... 1 */

  /* Colours as they are in life. */
  FocDemoColour skin, lips, iris_colour, hair_colour, brow_colour, clothes_colour,
    glasses_colour;

  /* Where the light comes from: unit vector, z towards the viewer. */
  double light_x, light_y, light_z;

  /* For whatever has many small parts: strands, curls, freckles. */
  guint64 detail;
} FocDemoFace;

/* Invents person `index` of `seed`. */
void foc_demo_face_init (FocDemoFace *self, guint64 seed, guint index);

/* Where the point x of the face lies when the head is turned by the yaw, and how
 * much narrower what is there looks. */
double foc_demo_face_turn (const FocDemoFace *self, double x);
double foc_demo_face_narrow (const FocDemoFace *self, double x);

/* Makes one head unit the unit of `cr`, which draws on size x size pixels: with
 * the head's roll, or (for neck and body) almost upright. */
void foc_demo_face_enter (const FocDemoFace *self, cairo_t *cr, int size);
void foc_demo_face_enter_body (const FocDemoFace *self, cairo_t *cr, int size);
