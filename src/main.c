/*
 * main.c -- argv in, exit code out.
 */
int main(void)
{
    return 0;
}
