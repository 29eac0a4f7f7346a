"""What tests share: real servers, terminals and programs."""
