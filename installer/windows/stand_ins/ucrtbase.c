/* TEST ONLY, never shipped. numpy calls complex functions of ucrtbase.dll that Wine 8 has not. These are they;
   every other function is passed on to Wine's own copy, which stands beside as ucrtbas2.dll (stand_ins.py writes
   the export list). Windows hands structures over where GNU C has complex types. */
#include <complex.h>
#include <math.h>

typedef struct { double r, i; } D;
typedef struct { float r, i; } F;
typedef double complex C;

static C d(D z) { C c; __real__ c = z.r; __imag__ c = z.i; return c; }
static D u(C c) { D z = {__real__ c, __imag__ c}; return z; }
static C f(F z) { C c; __real__ c = z.r; __imag__ c = z.i; return c; }
static F v(C c) { F z = {__real__ c, __imag__ c}; return z; }

#define TO_REAL(n, e) \
    double my_##n(D z) { return e; } double my_##n##l(D z) { return e; } float my_##n##f(F z) { return e; }
#define TO_COMPLEX(n) \
    D my_##n(D z) { return u(n(d(z))); } D my_##n##l(D z) { return u(n(d(z))); } F my_##n##f(F z) { return v(n(f(z))); }

TO_REAL(creal, z.r)
TO_REAL(cimag, z.i)
TO_REAL(cabs, hypot(z.r, z.i))
TO_REAL(carg, atan2(z.i, z.r))
TO_COMPLEX(conj)
TO_COMPLEX(cexp)
TO_COMPLEX(ccos)
TO_COMPLEX(ccosh)
TO_COMPLEX(csin)
TO_COMPLEX(csinh)
TO_COMPLEX(ctan)
TO_COMPLEX(ctanh)
TO_COMPLEX(csqrt)
TO_COMPLEX(clog)

D my_cpow(D a, D b) { return u(cpow(d(a), d(b))); }
D my_cpowl(D a, D b) { return u(cpow(d(a), d(b))); }
F my_cpowf(F a, F b) { return v(cpow(f(a), f(b))); }
