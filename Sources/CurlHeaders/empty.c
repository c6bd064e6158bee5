#include "CurlHeaders.h"
