//! What exit codes mean.

use super::FailureCode;

/// Whether the message says that the memory ran out.
pub(super) fn is_out_of_memory(text: &str) -> bool {
    text.contains("OutOfMemory") || text.to_ascii_lowercase().contains("out of memory")
}

/// The advice for a container that used too much memory.
pub(super) const MORE_MEMORY: &str = "Raise memory of the container and of the task, or let the application use less: a runtime with a \
     heap of its own has to be told the limit";

/// The kind and the advice for a container that exited.
pub(super) fn explain_exit(code: Option<i32>, image: Option<&str>) -> (FailureCode, String) {
    let image = image.map_or_else(|| "the image".to_owned(), |image| format!("image {image}"));
    let advice = match code {
        Some(0) => "It ended without an error. The essential container of a service has to go on \
             running: start the server in the foreground"
            .to_owned(),
        Some(126) => format!(
            "126: the program was found and could not be run. Check that it is executable, and that \
             {image} is for the platform of the task"
        ),
        Some(127) => format!(
            "127: the program was not found. Check entryPoint and command, and that {image} has it"
        ),
        Some(132) => {
            format!("132: illegal instruction. Check that {image} is built for the CPU of the task")
        }
        Some(134) => "134: the application aborted. Look at its log".to_owned(),
        Some(137) => {
            "137: killed. Either it used more memory than it may, or it did not end within \
             stopTimeout after it was told to"
                .to_owned()
        }
        Some(139) => format!(
            "139: segmentation fault. Look at the log, and at native libraries in {image} that are \
             built for another platform or C library"
        ),
        Some(143) => {
            "143: it was told to stop (SIGTERM). Look at what stopped the task: the events \
             of the service, and its health checks"
                .to_owned()
        }
        Some(code) => format!("The application ended with {code}. Look at its log"),
        None => "Look at the log of the container".to_owned(),
    };
    (FailureCode::Exited, advice)
}
