/* SPDX-License-Identifier: GPL-3.0-or-later */

/* bench-jpeg FILE...
 *
 * The least that features of JPEG files can cost: reading each file and letting
 * libjpeg-turbo decode it at 1/8 scale to RGB, as it comes, in one thread. For
 * each line on stdin, decodes all files and prints the seconds. */

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <jpeglib.h>

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);
  return (double) time.tv_sec + 1e-9 * (double) time.tv_nsec;
}

static void
decode (const char *path)
{
  struct jpeg_decompress_struct info;
  struct jpeg_error_mgr errors;
  struct stat status;
  unsigned char *data;
  JSAMPARRAY row;
  int fd = open (path, O_RDONLY);

  if (fd < 0 || fstat (fd, &status) != 0
      || (data = malloc ((size_t) status.st_size)) == NULL
      || read (fd, data, (size_t) status.st_size) != status.st_size)
    {
      perror (path);
      exit (1);
    }
  close (fd);

  info.err = jpeg_std_error (&errors);
  jpeg_create_decompress (&info);
  jpeg_mem_src (&info, data, (unsigned long) status.st_size);
  jpeg_read_header (&info, TRUE);
  info.scale_num = 1;
  info.scale_denom = 8;
  info.out_color_space = JCS_RGB;
  jpeg_start_decompress (&info);
  row =
    info.mem->alloc_sarray ((j_common_ptr) &info, JPOOL_IMAGE, 3 * info.output_width, 1);
  while (info.output_scanline < info.output_height)
    jpeg_read_scanlines (&info, row, 1);
  jpeg_finish_decompress (&info);
  jpeg_destroy_decompress (&info);
  free (data);
}

int
main (int argc, char **argv)
{
  char line[16];

  puts ("ready");
  fflush (stdout);
  while (fgets (line, sizeof line, stdin) != NULL)
    {
      double start = now ();

      for (int i = 1; i < argc; i++)
        decode (argv[i]);
      printf ("%.6f\n", now () - start);
      fflush (stdout);
    }

  return 0;
}
