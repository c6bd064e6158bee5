#include "CompressionHeaders.h"
