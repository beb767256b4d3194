using GridWorld;
using GridWorld.Tests;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

// Runs the tests, as the entry that xunit would generate does; or is the server, the kernel or the program that a test starts and ends.
return HostProcess.ServeIfAsked() || KernelProcess.RunIfAsked() || ProgramProcess.RunIfAsked() ? 0
    : args.Any(arg => arg is "-automated" or "@@") ? await ConsoleRunner.Run(args)
    : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
