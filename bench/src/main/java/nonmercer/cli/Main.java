package nonmercer.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import nonmercer.io.BadInputException;
import nonmercer.train.DivergedException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// `./nonmercer COMMAND`: the exit code is 0, 1 when the command's answer is no, 2 when what was
/// asked cannot be done.
@Command(
        name = "nonmercer",
        description = "Transformers whose attention kernel is an object.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CompareCommand.class,
            TranslateCommand.class,
            MachineCommand.class,
            ApproximateCommand.class,
            ProofsCommand.class,
            ClassifyCommand.class,
            KernelCommand.class,
            KernelsCommand.class,
            ExperimentCommand.class,
            TrainCommand.class,
            BenchCommand.class,
            Doctor.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
public final class Main implements Runnable {
    private static final int BAD_INPUT = 2;

    /// Runs one command and ends the process.
    public static void main(String[] args) {
        System.exit(run(commandLine(), args));
    }

    /// Runs one command; what even the command line cannot catch becomes a sentence too.
    static int run(CommandLine commands, String... args) {
        try {
            return commands.execute(args);
        } catch (OutOfMemoryError e) {
            say(
                    commands,
                    "the heap of "
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MB is too small; give it more, such as NONMERCER_JAVA_OPTS=-Xmx8g");
            return BAD_INPUT;
        } catch (ExceptionInInitializerError e) {
            if (e.getCause() instanceof IllegalArgumentException argument) {
                say(commands, String.valueOf(argument.getMessage()));
                return BAD_INPUT;
            }
            throw e;
        }
    }

    @Override
    public void run() {
        throw new BadInputException("which command? `./nonmercer --help` lists them");
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setParameterExceptionHandler(Main::misused)
                .setExecutionExceptionHandler(Main::failed)
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    private static int misused(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        List<String> near =
                e instanceof UnmatchedArgumentException unmatched
                        ? unmatched.getSuggestions()
                        : List.of();
        String help =
                "`./" + command.getCommandSpec().qualifiedName() + " --help` shows what there is";
        say(
                command,
                e.getMessage()
                        + "; "
                        + (near.isEmpty()
                                ? help
                                : "did you mean " + near.getFirst() + "? " + help));
        return BAD_INPUT;
    }

    private static int failed(Exception e, CommandLine command, ParseResult parsed) {
        if (Boolean.getBoolean("nonmercer.debug")) {
            e.printStackTrace(command.getErr());
        }
        String sentence = sentence(e);
        if (sentence != null) {
            say(command, sentence);
            return BAD_INPUT;
        }
        e.printStackTrace(command.getErr());
        return CommandLine.ExitCode.SOFTWARE;
    }

    /// The sentence in an exception that the user's input caused, null for a fault of this program.
    private static @org.jspecify.annotations.Nullable String sentence(Throwable e) {
        return switch (e) {
            case UncheckedIOException io ->
                    sentence(java.util.Objects.requireNonNull(io.getCause()));
            case NoSuchFileException file -> file.getFile() + " does not exist";
            case FileAlreadyExistsException file -> file.getFile() + " exists already";
            case AccessDeniedException file ->
                    file.getFile() + " cannot be opened: permission denied";
            case BadInputException input -> input.getMessage();
            case DivergedException diverged -> "training stopped at " + diverged.getMessage();
            case IllegalArgumentException argument -> argument.getMessage();
            case IOException io -> io.getMessage();
            default -> null;
        };
    }

    private static void say(CommandLine command, String sentence) {
        command.getErr().println("nonmercer: " + sentence);
        command.getErr().flush();
    }

    /// `nonmercer 0.1.0 (commit), JDK 25.0.3`.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            Build build = Build.here();
            String commit = build.commit() == null ? "" : " (" + build.commit() + ")";
            return new String[] {
                "nonmercer " + build.version() + commit + ", JDK " + Runtime.version()
            };
        }
    }
}
