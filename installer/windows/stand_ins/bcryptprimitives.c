/* TEST ONLY, never shipped. Wine 8 has no bcryptprimitives.dll; wheels written in Rust take their randomness
   from its one function. */
char SystemFunction036(void *to, unsigned size);

__declspec(dllexport) int ProcessPrng(void *to, unsigned long long size)
{
    return SystemFunction036(to, (unsigned)size);
}
