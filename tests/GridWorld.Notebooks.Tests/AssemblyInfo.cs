// Cells share the console, the working folder and the default load context with everything else in the process.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
